package dev.weir.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** A directory of the file system. Flushes are fdatasync; a directory is flushed as Linux does. */
public final class FileDisk implements Disk {
  private final Path directory;

  /**
   * @param directory made with the first file, where it is not there
   */
  public FileDisk(Path directory) {
    this.directory = directory;
  }

  @Override
  public List<String> list() throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Override
  public DiskFile openToRead(String name) throws IOException {
    return new Open(FileChannel.open(directory.resolve(name), StandardOpenOption.READ));
  }

  @Override
  public DiskFile openToWrite(String name) throws IOException {
    if (!Files.exists(directory)) {
      Files.createDirectories(directory);
      flush(directory.toAbsolutePath().getParent());
    }
    return new Open(
        FileChannel.open(
            directory.resolve(name),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(
        directory.resolve(from),
        directory.resolve(to),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.delete(directory.resolve(name));
  }

  @Override
  public void flushDirectory() throws IOException {
    flush(directory);
  }

  private static void flush(Path directory) throws IOException {
    try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  @Override
  public String place() {
    return directory.toString();
  }

  private record Open(FileChannel channel) implements DiskFile {
    @Override
    public long sizeBytes() throws IOException {
      return channel.size();
    }

    @Override
    public void read(ByteBuffer target, long at) throws IOException {
      long next = at;
      int count = 0;
      while (target.hasRemaining() && count >= 0) {
        count = channel.read(target, next);
        next += count;
      }
    }

    @Override
    public void write(ByteBuffer bytes, long at) throws IOException {
      long next = at;
      while (bytes.hasRemaining()) {
        next += channel.write(bytes, next);
      }
    }

    @Override
    public void flush() throws IOException {
      channel.force(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}

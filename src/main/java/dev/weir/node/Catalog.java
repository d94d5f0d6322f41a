package dev.weir.node;

import dev.weir.protocol.StartFailure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a node has: {@code catalog.json} in its data directory, and the lock that keeps every other
 * process out. Blocking: never called on an event loop.
 */
final class Catalog {
  private static final int VERSION = 1;

  private final Path directory;
  private final FileChannel lockFile;
  private final FileLock lock;

  /** What the file says. */
  record Content(long lastEpoch, int nextNumber, List<QueueEntry> queues) {
    static final Content NONE = new Content(0, 1, List.of());
  }

  private Catalog(Path directory, FileChannel lockFile, FileLock lock) {
    this.directory = directory;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /** Takes the directory for this process as long as it is looked at; changes nothing in it. */
  static Catalog openToRead(Path directory) {
    Path lockFile = directory.resolve("lock");
    if (!Files.exists(directory.resolve("catalog.json"))) {
      throw StartFailure.canNotServe(directory.toAbsolutePath() + " has no catalog.json");
    }
    return Files.exists(lockFile) ? open(directory) : new Catalog(directory, null, null);
  }

  /** Takes the directory for this process, and makes it where there is none. */
  static Catalog open(Path directory) {
    try {
      Files.createDirectories(directory);
      FileChannel file =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(file);
      if (lock == null) {
        file.close();
        throw StartFailure.canNotServe(
            "data directory " + directory.toAbsolutePath() + " is in use by another process");
      }
      return new Catalog(directory, file, lock);
    } catch (IOException e) {
      throw StartFailure.canNotServe(
          "data directory " + directory.toAbsolutePath() + " can not be used: " + e);
    }
  }

  private static FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  Content load() {
    Path file = file();
    if (!Files.exists(file)) {
      return Content.NONE;
    }
    try {
      JsonObject json = Buffer.buffer(Files.readAllBytes(file)).toJsonObject();
      if (json.getInteger("version", 0) != VERSION) {
        throw StartFailure.canNotServe(file + " has a version that is not known here");
      }
      List<QueueEntry> queues = new ArrayList<>();
      for (Object entry : json.getJsonArray("queues")) {
        queues.add(QueueEntry.fromJson((JsonObject) entry));
      }
      return new Content(json.getLong("lastEpoch"), json.getInteger("nextNumber"), queues);
    } catch (IOException | DecodeException | ClassCastException | NullPointerException e) {
      throw StartFailure.canNotServe(file + " can not be read: " + e);
    }
  }

  /** Written aside, flushed, renamed, the directory flushed. */
  void store(long lastEpoch, int nextNumber, Collection<QueueEntry> queues) throws IOException {
    JsonArray entries = new JsonArray();
    queues.forEach(entry -> entries.add(entry.toJson()));
    JsonObject json =
        new JsonObject()
            .put("version", VERSION)
            .put("lastEpoch", lastEpoch)
            .put("nextNumber", nextNumber)
            .put("queues", entries);
    Path aside = directory.resolve("catalog.json.new");
    try (FileChannel out =
        FileChannel.open(
            aside,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(Buffer.buffer(json.encodePrettily()).getBytes());
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(aside, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  private Path file() {
    return directory.resolve("catalog.json");
  }

  void close() throws IOException {
    if (lockFile != null) {
      lock.release();
      lockFile.close();
    }
  }
}

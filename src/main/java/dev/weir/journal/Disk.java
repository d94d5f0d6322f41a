package dev.weir.journal;

import java.io.IOException;
import java.util.List;

/**
 * The directory of one journal: all that a journal asks of a disk. Blocking; called on the
 * journal's own threads.
 *
 * <p>What was written is safe once its file was flushed; that a file is there under its name, or no
 * longer, is safe once the directory was flushed.
 */
public interface Disk {

  /** The names of all files, in no order. */
  List<String> list() throws IOException;

  /** Opens a file that is there, to look at it: nothing is changed. */
  DiskFile openToRead(String name) throws IOException;

  /** Opens a file, made where there is none. */
  DiskFile openToWrite(String name) throws IOException;

  /** Gives a file another name; one that had it before is gone. */
  void rename(String from, String to) throws IOException;

  void delete(String name) throws IOException;

  void flushDirectory() throws IOException;

  /** Where it is, for messages. */
  String place();
}

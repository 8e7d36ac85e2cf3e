package dev.aeon.fleet.text;

/**
 * What became of a number of files.
 *
 * @param files how many were read
 * @param byteSize their bytes together
 * @param tooLarge how many were larger than the limit
 * @param binary how many are not text
 * @param unreadable how many could not be read
 */
public record FileTally(long files, long byteSize, long tooLarge, long binary, long unreadable) {
  /** No files. */
  public static final FileTally NONE = new FileTally(0, 0, 0, 0, 0);

  FileTally plus(TextReader.Outcome outcome, long fileByteSize) {
    return switch (outcome) {
      case TEXT -> plus(new FileTally(1, fileByteSize, 0, 0, 0));
      case TOO_LARGE -> plus(new FileTally(0, 0, 1, 0, 0));
      case BINARY -> plus(new FileTally(0, 0, 0, 1, 0));
      case UNREADABLE -> plus(new FileTally(0, 0, 0, 0, 1));
    };
  }

  /** Both together. */
  public FileTally plus(FileTally other) {
    return new FileTally(
        files + other.files,
        byteSize + other.byteSize,
        tooLarge + other.tooLarge,
        binary + other.binary,
        unreadable + other.unreadable);
  }
}

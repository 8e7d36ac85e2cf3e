package dev.aeon.spoke.store;

import dev.aeon.spoke.model.SchemaDigest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Bytes as they come; where they were not those of a digest, they fail instead of ending. */
public final class VerifiedInput extends FilterInputStream {
  private final MessageDigest sha256 = SchemaDigest.newSha256();
  private final SchemaDigest expected;
  private final String what;

  /**
   * Reads what should have a digest.
   *
   * @param what is named where it has not
   */
  public VerifiedInput(InputStream in, SchemaDigest expected, String what) {
    super(in);
    this.expected = expected;
    this.what = what;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int byteOffset, int byteSize) throws IOException {
    int read = in.read(bytes, byteOffset, byteSize);
    if (read > 0) {
      sha256.update(bytes, byteOffset, read);
    } else if (read < 0) {
      check();
    }
    return read;
  }

  private void check() throws IOException {
    SchemaDigest found = SchemaDigest.ofFinished(sha256);
    if (!found.equals(expected)) {
      throw new IOException(
          "stored bytes were changed, object="
              + what
              + " expected="
              + expected
              + " found="
              + found);
    }
  }

  @Override
  public long skip(long byteCount) throws IOException {
    return in.skip(0);
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}

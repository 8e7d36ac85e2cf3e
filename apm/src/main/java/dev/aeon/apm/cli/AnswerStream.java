package dev.aeon.apm.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * Where answers go. Java's print streams swallow what fails; an answer that is not there must not
 * look like one that is empty. Confined to one thread.
 */
final class AnswerStream extends OutputStream {
  private static final String READER_IS_GONE = "Broken pipe";

  private final OutputStream target;
  private @Nullable IOException failure;

  /** Over {@code target}, which it buffers. */
  AnswerStream(OutputStream target) {
    this.target = new BufferedOutputStream(target);
  }

  PrintWriter writer(Charset charset) {
    return new PrintWriter(new OutputStreamWriter(this, charset));
  }

  /** Why the answer is not there; nothing where it is, or its reader wanted no more of it. */
  @Nullable IOException failure() {
    IOException known = failure;
    boolean isUnwanted =
        known != null && String.valueOf(known.getMessage()).contains(READER_IS_GONE);
    return isUnwanted ? null : known;
  }

  @Override
  public void write(int each) throws IOException {
    write(new byte[] {(byte) each}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      target.write(bytes, offset, length);
    } catch (IOException e) {
      throw noted(e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      target.flush();
    } catch (IOException e) {
      throw noted(e);
    }
  }

  private IOException noted(IOException e) {
    if (failure == null) {
      failure = e;
    }
    return e;
  }
}

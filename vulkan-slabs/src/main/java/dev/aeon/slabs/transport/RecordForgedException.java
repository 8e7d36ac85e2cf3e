package dev.aeon.slabs.transport;

import dev.aeon.slabs.frame.FrameException;

/**
 * A record of an encrypted connection is not what its peer sealed: it was changed, repeated, left
 * out, put elsewhere, or sealed with another key. Nothing of it was handed out.
 */
public final class RecordForgedException extends FrameException {
  private static final long serialVersionUID = 1L;

  RecordForgedException(String violation, long sequence) {
    super("record is forged, " + violation + " sequence=" + sequence);
  }
}

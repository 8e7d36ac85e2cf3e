package dev.aeon.slabs.frame;

/** A record holds no frame that a correct peer sends. */
public class FrameException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FrameException(String violation) {
    super(violation);
  }
}

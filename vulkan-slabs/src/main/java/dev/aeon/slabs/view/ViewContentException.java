package dev.aeon.slabs.view;

/** The bytes of a view are not what its element type says, such as text that is not UTF-8. */
public final class ViewContentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ViewContentException(String message, Throwable cause) {
    super(message, cause);
  }
}

package dev.aeon.slabs.view;

/** The header that describes a view is not one, or describes what does not fit; says which. */
public final class ViewHeaderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ViewHeaderException(String message) {
    super("not a view's header, " + message);
  }

  ViewHeaderException(String message, Throwable cause) {
    super("not a view's header, " + message, cause);
  }
}

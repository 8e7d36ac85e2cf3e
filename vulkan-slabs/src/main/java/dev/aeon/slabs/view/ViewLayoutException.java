package dev.aeon.slabs.view;

/** A view was asked for that cannot lie in its slab; the message names the rule and the values. */
public final class ViewLayoutException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  ViewLayoutException(String message) {
    super(message);
  }
}

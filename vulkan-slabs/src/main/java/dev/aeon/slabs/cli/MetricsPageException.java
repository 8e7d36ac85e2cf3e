package dev.aeon.slabs.cli;

/** A page is none in the text format of Prometheus. */
final class MetricsPageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MetricsPageException(String violation) {
    super(violation);
  }
}

package dev.aeon.sp.cli;

/** Ends the reading of a command line because help, or the version, is asked for. */
final class CatHelpException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  final int exitCode;

  CatHelpException(String text, int exitCode) {
    super(text);
    this.exitCode = exitCode;
  }
}

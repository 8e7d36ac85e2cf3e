package dev.aeon.sp.cli;

import dev.aeon.sp.SpAddressException;
import dev.aeon.sp.SpCancelledException;
import dev.aeon.sp.SpClosedException;
import dev.aeon.sp.SpConnectException;
import dev.aeon.sp.SpConnectionLostException;
import dev.aeon.sp.SpException;
import dev.aeon.sp.SpInterruptedException;
import dev.aeon.sp.SpNoPeerException;
import dev.aeon.sp.SpStateException;
import dev.aeon.sp.SpTimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Failures in nng's words, for scripts that look for them; in ours where nng has none. */
final class NngTexts {
  private static final Pattern CAUSE = Pattern.compile("errno=[A-Z]+|is in use|host is unknown");

  private NngTexts() {}

  static String of(SpException failure) {
    return switch (failure) {
      case SpAddressException e -> ofAddress(e);
      case SpCancelledException e -> "Operation canceled";
      case SpClosedException e -> "Object closed";
      case SpConnectException e -> ofConnection(e);
      case SpConnectionLostException e -> "Connection reset";
      case SpInterruptedException e -> "Interrupted";
      case SpNoPeerException e -> "Destination unreachable";
      case SpStateException e -> "Incorrect state";
      case SpTimeoutException e -> "Timed out";
    };
  }

  /** What is wrong with a URL. */
  static String ofUrl(SpAddressException failure, String url) {
    if (!url.contains("://")) {
      return "Invalid argument";
    }
    return failure.index() == 0 ? "Not supported" : ofAddress(failure);
  }

  private static String ofAddress(SpAddressException failure) {
    return failure.index() == SpAddressException.NO_INDEX
        ? ofSystem(failure, "Entry not found")
        : "Address invalid";
  }

  private static String ofConnection(SpConnectException failure) {
    return switch (failure.reason()) {
      case "WRONG_PROTOCOL", "MALFORMED_GREETING" -> "Protocol error";
      case "HANDSHAKE_TIMEOUT" -> "Timed out";
      case "PEER_CLOSED" -> "Connection shutdown";
      case "TLS_FAILED" -> "Peer could not be authenticated";
      case "REFUSED" -> "Connection refused";
      default -> ofSystem(failure, "Connection refused");
    };
  }

  /**
   * The system's error.
   *
   * @param noFile what a file that is not there amounts to
   */
  private static String ofSystem(SpException failure, String noFile) {
    String message = String.valueOf(failure.getMessage());
    Matcher cause = CAUSE.matcher(message);
    return switch (cause.find() ? cause.group() : "") {
      case "errno=EADDRINUSE", "is in use" -> "Address in use";
      case "errno=EADDRNOTAVAIL", "host is unknown" -> "Address invalid";
      case "errno=ECONNREFUSED" -> "Connection refused";
      case "errno=ECONNRESET" -> "Connection reset";
      case "errno=ENOENT" -> noFile;
      case "errno=EACCES", "errno=EPERM" -> "Permission denied";
      case "errno=ETIMEDOUT" -> "Timed out";
      default -> message;
    };
  }
}

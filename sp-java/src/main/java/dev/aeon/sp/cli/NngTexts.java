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

/** Failures in nng's words, for scripts that look for them. */
final class NngTexts {
  private NngTexts() {}

  static String of(SpException failure) {
    return switch (failure) {
      case SpAddressException e -> String.valueOf(e.getMessage());
      case SpCancelledException e -> "Operation canceled";
      case SpClosedException e -> "Object closed";
      case SpConnectException e -> "Connection refused";
      case SpConnectionLostException e -> "Connection reset";
      case SpInterruptedException e -> "Interrupted";
      case SpNoPeerException e -> "Destination unreachable";
      case SpStateException e -> "Incorrect state";
      case SpTimeoutException e -> "Timed out";
    };
  }
}

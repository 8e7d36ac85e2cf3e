package dev.aeon.sp;

import org.jspecify.annotations.Nullable;

/** What can go wrong with a socket that is used correctly, or in a wrong moment. */
public abstract sealed class SpException extends RuntimeException
    permits SpAddressException,
        SpCancelledException,
        SpClosedException,
        SpConnectException,
        SpConnectionLostException,
        SpInterruptedException,
        SpNoPeerException,
        SpStateException,
        SpTimeoutException {
  private static final long serialVersionUID = 1L;

  SpException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package dev.aeon.bindings;

/** A call of the shim failed: which, with what arguments, and why by the errno's name. */
public final class NativeCallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String call;
  private final int errno;

  /**
   * @param call the shim's function
   * @param errno the positive errno
   * @param arguments {@code name=value} pairs, or nothing
   */
  public NativeCallException(String call, int errno, String arguments) {
    super(
        call
            + " failed, errno="
            + Errno.nameOf(errno)
            + (arguments.isEmpty() ? "" : " " + arguments));
    this.call = call;
    this.errno = errno;
  }

  /** Passes a result on, or throws where it is negative. */
  public static int check(String call, int result, String arguments) {
    if (result < 0) {
      throw new NativeCallException(call, -result, arguments);
    }
    return result;
  }

  /** Passes a result on, or throws where it is negative. */
  public static long check(String call, long result, String arguments) {
    if (result < 0) {
      throw new NativeCallException(call, (int) -result, arguments);
    }
    return result;
  }

  /** The shim's function that failed. */
  public String call() {
    return call;
  }

  /** The positive errno. */
  public int errno() {
    return errno;
  }

  /** The errno's symbolic name, such as {@code ECONNREFUSED}. */
  public String errnoName() {
    return Errno.nameOf(errno);
  }
}

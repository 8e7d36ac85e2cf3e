package dev.aeon.bindings.posix;

import dev.aeon.bindings.raw.aeon_unix_address;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The address of a Unix-domain socket: a path of the file system, or a Linux abstract name. */
public final class UnixAddress {
  /** The longest path or abstract name, in bytes. */
  public static final int MAX_BYTES = 107;

  private final byte[] name;
  private final boolean isAbstract;

  private UnixAddress(byte[] name, boolean isAbstract) {
    if (name.length == 0 || name.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a Unix socket's name has 1 to " + MAX_BYTES + " bytes, length=" + name.length);
    }
    this.name = name;
    this.isAbstract = isAbstract;
  }

  /**
   * The address of a socket file.
   *
   * @throws IllegalArgumentException where the path is empty, longer than {@link #MAX_BYTES} in
   *     UTF-8, or holds a zero byte
   */
  public static UnixAddress ofPath(String path) {
    if (path.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a Unix socket's path holds no zero byte, path=" + path);
    }
    return new UnixAddress(path.getBytes(StandardCharsets.UTF_8), false);
  }

  /**
   * An address without a file; the name may hold zero bytes.
   *
   * @throws IllegalArgumentException where the name is empty or longer than {@link #MAX_BYTES}
   */
  public static UnixAddress ofAbstract(byte[] name) {
    return new UnixAddress(name.clone(), true);
  }

  public boolean isAbstract() {
    return isAbstract;
  }

  MemorySegment toNative(Arena arena) {
    MemorySegment address = aeon_unix_address.allocate(arena);
    aeon_unix_address.length(address, name.length);
    aeon_unix_address.is_abstract(address, isAbstract ? 1 : 0);
    MemorySegment.copy(
        name, 0, aeon_unix_address.name(address), ValueLayout.JAVA_BYTE, 0, name.length);
    return address;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UnixAddress that
        && isAbstract == that.isAbstract
        && Arrays.equals(name, that.name);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(name) * 2 + (isAbstract ? 1 : 0);
  }

  @Override
  public String toString() {
    return (isAbstract ? "abstract:" : "") + new String(name, StandardCharsets.UTF_8);
  }
}

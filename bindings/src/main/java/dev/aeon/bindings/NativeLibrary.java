package dev.aeon.bindings;

import dev.aeon.bindings.raw.Aeon;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;

/**
 * The shim, loaded once per process: extracted from the jar to a private temporary folder, loaded,
 * and checked for the ABI version that the bindings were generated for. Thread-safe.
 */
public final class NativeLibrary {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private NativeLibrary() {}

  private static final class Loaded {
    static {
      load(resourceName(System.getProperty("os.name"), System.getProperty("os.arch")));
      checkAbi(Aeon.aeon_abi_version());
    }

    private Loaded() {}

    static void touch() {}
  }

  /**
   * Loads the shim where it is not loaded yet.
   *
   * @throws NativeLibraryException where there is none for this platform, it cannot be extracted or
   *     loaded, or its ABI version is another
   */
  public static void ensureLoaded() {
    Loaded.touch();
  }

  /** A handle for a call that cannot block or call back: it costs the least. */
  @SuppressWarnings("restricted")
  public static MethodHandle criticalHandle(MemorySegment address, FunctionDescriptor descriptor) {
    return Linker.nativeLinker().downcallHandle(address, descriptor, Linker.Option.critical(false));
  }

  /** A segment over memory that a call of the shim returned; its owner must outlive every use. */
  @SuppressWarnings("restricted")
  public static MemorySegment segmentAt(
      long address, long byteSize, java.lang.foreign.Arena owner) {
    return MemorySegment.ofAddress(address).reinterpret(byteSize, owner, null);
  }

  static String resourceName(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String arch =
        switch (osArch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "aarch64";
          default -> osArch;
        };
    return "META-INF/native/" + os + "-" + arch + "/libaeon.so";
  }

  @SuppressWarnings("restricted")
  private static void load(String resource) {
    try (InputStream bytes = NativeLibrary.class.getClassLoader().getResourceAsStream(resource)) {
      if (bytes == null) {
        throw new NativeLibraryException(
            "no shim for this platform, resource="
                + resource
                + ": build Aeon on it, or use linux-x86_64 or linux-aarch64");
      }
      Path file = extract(bytes);
      System.load(file.toString());
      Files.delete(file);
      Files.delete(file.getParent());
    } catch (IOException | UnsatisfiedLinkError e) {
      throw new NativeLibraryException("cannot load the shim, cause=" + e.getMessage(), e);
    }
  }

  private static Path extract(InputStream bytes) throws IOException {
    Path folder =
        Files.createTempDirectory("aeon", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    Path file = folder.resolve("libaeon.so");
    Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING);
    return file;
  }

  private static void checkAbi(int version) {
    if (version != Aeon.AEON_ABI_VERSION()) {
      throw new NativeLibraryException(
          "shim of another ABI version, expected=" + Aeon.AEON_ABI_VERSION() + " found=" + version);
    }
  }
}

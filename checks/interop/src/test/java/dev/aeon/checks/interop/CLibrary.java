package dev.aeon.checks.interop;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** A shared library of this machine, its functions by name. */
@SuppressWarnings("restricted")
final class CLibrary {
  private final SymbolLookup symbols;

  CLibrary(String file, String debianPackage) {
    try {
      this.symbols = SymbolLookup.libraryLookup(file, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          file + " is not on this machine; install the package " + debianPackage + ".", e);
    }
  }

  MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(symbols.findOrThrow(name), FunctionDescriptor.of(result, arguments));
  }

  MethodHandle procedure(String name, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(symbols.findOrThrow(name), FunctionDescriptor.ofVoid(arguments));
  }

  /** The text at a pointer that the library owns. */
  static String text(MemorySegment pointer) {
    return pointer.reinterpret(4096).getString(0);
  }

  /** A copy of {@code byteSize} bytes at a pointer that the library owns. */
  static byte[] bytes(MemorySegment pointer, long byteSize) {
    return pointer.reinterpret(byteSize).toArray(ValueLayout.JAVA_BYTE);
  }

  /** A downcall throws nothing checked. */
  static IllegalStateException unexpected(Throwable thrown) {
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    return new IllegalStateException(thrown);
  }
}

package dev.aeon.checks.bench.messaging;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** A shared library of this machine. */
@SuppressWarnings("restricted")
final class CLibrary {
  private final String file;
  private final SymbolLookup symbols;

  CLibrary(String file) {
    this.file = file;
    this.symbols = SymbolLookup.libraryLookup(file, Arena.global());
  }

  MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(symbols.findOrThrow(name), FunctionDescriptor.of(result, arguments));
  }

  /** A call that did not succeed, or what the call threw. */
  IllegalStateException failed(String call, Throwable thrown) {
    return new IllegalStateException(file + " failed: call=" + call, thrown);
  }

  void check(String call, boolean succeeded) {
    if (!succeeded) {
      throw new IllegalStateException(file + " refused: call=" + call);
    }
  }
}

package dev.aeon.sp.cli;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** How the body of a message is printed: nngcat's formats, byte for byte. */
enum MessageFormat {
  /** Not at all. */
  NO {
    @Override
    void write(MemorySegment body, OutputStream out) {}
  },
  /** As it is. */
  RAW {
    @Override
    void write(MemorySegment body, OutputStream out) throws IOException {
      for (long start = 0; start < body.byteSize(); start += CHUNK_BYTES) {
        long size = Math.min(CHUNK_BYTES, body.byteSize() - start);
        out.write(body.asSlice(start, size).toArray(JAVA_BYTE));
      }
    }
  },
  /** What ASCII cannot print as a dot. */
  ASCII {
    @Override
    void write(MemorySegment body, OutputStream out) throws IOException {
      for (long index = 0; index < body.byteSize(); index++) {
        int each = unsigned(body, index);
        out.write(isPrintable(each) ? each : '.');
      }
    }
  },
  /** A C string literal on a line of its own. */
  QUOTED {
    @Override
    void write(MemorySegment body, OutputStream out) throws IOException {
      out.write('"');
      for (long index = 0; index < body.byteSize(); index++) {
        out.write(ascii(quoted(unsigned(body, index))));
      }
      out.write(ascii("\"\n"));
    }
  },
  /** A C string literal of hexadecimal escapes on a line of its own. */
  HEX {
    @Override
    void write(MemorySegment body, OutputStream out) throws IOException {
      out.write('"');
      for (long index = 0; index < body.byteSize(); index++) {
        out.write(ascii(escaped(unsigned(body, index))));
      }
      out.write(ascii("\"\n"));
    }
  },
  /** MessagePack's bin 8, 16 or 32. */
  MSGPACK {
    @Override
    void write(MemorySegment body, OutputStream out) throws IOException {
      long size = body.byteSize();
      if (size < 1 << 8) {
        out.write(new byte[] {(byte) 0xc4, (byte) size});
      } else if (size < 1 << 16) {
        out.write(new byte[] {(byte) 0xc5, (byte) (size >> 8), (byte) size});
      } else {
        out.write(0xc6);
        out.write(
            new byte[] {(byte) (size >> 24), (byte) (size >> 16), (byte) (size >> 8), (byte) size});
      }
      RAW.write(body, out);
    }
  };

  private static final int CHUNK_BYTES = 64 << 10;

  /** Writes a body and flushes it. */
  final void print(MemorySegment body, OutputStream out) throws IOException {
    OutputStream buffered = new BufferedOutputStream(out, CHUNK_BYTES);
    write(body, buffered);
    buffered.flush();
  }

  abstract void write(MemorySegment body, OutputStream out) throws IOException;

  private static int unsigned(MemorySegment body, long index) {
    return Byte.toUnsignedInt(body.get(JAVA_BYTE, index));
  }

  private static boolean isPrintable(int each) {
    return each >= ' ' && each <= '~';
  }

  private static String quoted(int each) {
    return switch (each) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      default -> isPrintable(each) ? String.valueOf((char) each) : escaped(each);
    };
  }

  private static String escaped(int each) {
    return "\\x%02x".formatted(each);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

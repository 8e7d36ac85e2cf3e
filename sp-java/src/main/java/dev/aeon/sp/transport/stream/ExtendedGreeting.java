package dev.aeon.sp.transport.stream;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.SharedMemory;
import dev.aeon.bindings.posix.UnixSocket;
import dev.aeon.sp.transport.TlsProperties;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Unix-domain connection whose greeting carries a descriptor. By it two sockets of this
 * implementation know each other; every other implementation ignores it (sp-wire, "Rules for ours
 * where peers differ"). The descriptor is told by the name the kernel gives it: its memory is never
 * looked at.
 */
public final class ExtendedGreeting implements ByteStream {
  private static final String NAME = "aeon-sp-1";
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final String LINK = "/memfd:" + NAME + " (deleted)";

  private final Connection connection;
  private boolean sent;
  private boolean peerExtended;

  private ExtendedGreeting(Connection connection) {
    this.connection = connection;
  }

  /** Adds to what a plain connection does. */
  public static ByteStream over(ByteStream connection) {
    return connection instanceof Connection plain ? new ExtendedGreeting(plain) : connection;
  }

  @Override
  public long sendGreeting(MemorySegment buffer, long byteOffset, long byteCount) {
    if (sent) {
      return send(buffer, byteOffset, byteCount);
    }
    try (SharedMemory mark = SharedMemory.create(NAME, 1)) {
      MemorySegment bytes = buffer.asSlice(byteOffset, byteCount);
      long count =
          UnixSocket.sendDescriptors(connection.descriptor(), bytes, mark.descriptor().fd());
      sent = true;
      return count;
    } catch (NativeCallException e) {
      return -e.errno();
    }
  }

  @Override
  public long receiveGreeting(MemorySegment buffer, long byteOffset, long byteCount) {
    try {
      UnixSocket.Received received =
          UnixSocket.receiveDescriptors(
              connection.descriptor(), buffer.asSlice(byteOffset, byteCount));
      take(received.descriptors());
      return received.byteCount();
    } catch (NativeCallException e) {
      return -e.errno();
    }
  }

  private void take(List<Descriptor> received) {
    for (Descriptor each : received) {
      try (each) {
        peerExtended |= isMark(each);
      }
    }
  }

  private static boolean isMark(Descriptor descriptor) {
    try {
      Path link = DESCRIPTORS.resolve(Integer.toString(descriptor.fd()));
      return Files.readSymbolicLink(link).toString().equals(LINK);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public boolean isPeerExtended() {
    return peerExtended;
  }

  @Override
  public void watch(int event, boolean wanted) {
    connection.watch(event, wanted);
  }

  @Override
  public void unwatch() {
    connection.unwatch();
  }

  @Override
  public long receive(MemorySegment buffer, long byteOffset, long byteCount) {
    return connection.receive(buffer, byteOffset, byteCount);
  }

  @Override
  public long send(MemorySegment buffer, long byteOffset, long byteCount) {
    return connection.send(buffer, byteOffset, byteCount);
  }

  @Override
  public long flush() {
    return connection.flush();
  }

  @Override
  public boolean isMoreBuffered() {
    return connection.isMoreBuffered();
  }

  @Override
  public @Nullable TlsProperties tls() {
    return connection.tls();
  }

  @Override
  public void close() {
    connection.close();
  }
}

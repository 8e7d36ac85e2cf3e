package dev.aeon.sp.transport.ipc;

import dev.aeon.sp.transport.TransportListener;
import dev.aeon.sp.transport.stream.StreamListener;

/** A name that leaves nothing behind: an abstract one, or a file that another program made. */
record NamedListener(String address, StreamListener stream) implements TransportListener {
  @Override
  public void close() {
    stream.close();
  }
}

package dev.aeon.sp.protocol;

/** One connected peer, as a machine sees it: an identity. */
public interface PipeHandle {
  /** Unique in its socket, 1 to 0x7fffffff. */
  int id();
}

package dev.aeon.sp.transport.rawip;

/** The way from the kernel to one carrier. Methods are called with the carrier's strand held. */
interface Inlet {
  /** Whether the carrier is to be told when the kernel has room for packets again. */
  void setWantsRoom(boolean wantsRoom);

  /** Nothing is given to the carrier any more. */
  void close();
}

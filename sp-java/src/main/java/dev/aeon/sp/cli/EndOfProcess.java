package dev.aeon.sp.cli;

import dev.aeon.sp.device.Device;

/** Closes a device when the process is told to end, so that no socket file is left behind. */
record EndOfProcess(Thread hook) implements AutoCloseable {

  static EndOfProcess closes(Device device) {
    Thread hook = new Thread(device::close, "aeon-sp-device-end");
    Runtime.getRuntime().addShutdownHook(hook);
    return new EndOfProcess(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The hook runs already.
    }
  }
}

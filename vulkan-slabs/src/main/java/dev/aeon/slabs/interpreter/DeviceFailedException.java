package dev.aeon.slabs.interpreter;

/** The device failed while a program was being prepared or run: which call, and the VkResult. */
public final class DeviceFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DeviceFailedException(String call, int result) {
    super(call + " failed, VkResult=" + result);
  }
}

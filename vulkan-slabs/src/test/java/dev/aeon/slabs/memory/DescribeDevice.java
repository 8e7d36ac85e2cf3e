package dev.aeon.slabs.memory;

import java.lang.foreign.ValueLayout;

/** Run as a process of its own: opens a device, uses a slab, and says what it got. */
final class DescribeDevice {
  private DescribeDevice() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) {
    try (SlabDevice device = SlabDevice.open(DevicePreference.valueOf(arguments[0]));
        Slab slab = device.allocate(64)) {
      slab.segment().set(ValueLayout.JAVA_BYTE, 63, (byte) 1);
      System.out.println(slab.kind() + ": " + device.description());
    } catch (SlabDeviceException refused) {
      System.out.println("refused: " + refused.getMessage());
    }
  }
}

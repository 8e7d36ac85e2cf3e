package dev.aeon.fleet.index;

/** What runs the Harmonics programs. */
public enum InterpreterChoice {
  /** The device where it is a graphics card, else the processor, which is faster there. */
  AUTO,
  /** The processor. */
  CPU,
  /** The Vulkan device. */
  VULKAN
}

package dev.aeon.slabs.memory;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.lwjgl.system.Configuration;
import org.lwjgl.vulkan.VK;

/** Finds the Vulkan loader of the machine, once per process. */
final class VulkanLoader {
  static {
    // Otherwise the class VK loads the library as it initialises and can never be used again when
    // that fails.
    Configuration.VULKAN_EXPLICIT_INIT.set(true);
    if (Configuration.DEBUG_STREAM.get() == null) {
      Configuration.DEBUG_STREAM.set(silence());
    }
  }

  private static boolean loaded;

  private VulkanLoader() {}

  /**
   * Loads the library if it is not yet loaded.
   *
   * @throws SlabDeviceException where there is none
   */
  static synchronized void load() {
    if (!loaded) {
      create();
      loaded = true;
    }
  }

  /** Address of {@code vkGetInstanceProcAddr}, after {@link #load}. */
  static long getInstanceProcAddr() {
    return VK.getFunctionProvider().getFunctionAddress("vkGetInstanceProcAddr");
  }

  private static void create() {
    try {
      VK.create();
    } catch (LinkageError missing) {
      throw new SlabDeviceException(
          "no Vulkan loader was found; install libvulkan1 and mesa-vulkan-drivers", missing);
    } catch (IllegalStateException createdByOthers) {
      // Another user of LWJGL in this process has loaded it: that one serves as well.
      VK.getFunctionProvider();
    }
  }

  /** LWJGL prints its own report of a missing library; the exception says it already. */
  private static PrintStream silence() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }
}

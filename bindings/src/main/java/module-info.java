import org.jspecify.annotations.NullMarked;

/**
 * The C shim for Java: owned descriptors, sockets, readiness, wake-ups, shared memory and Vulkan
 * buffers. The only module that needs native access.
 */
@NullMarked
module dev.aeon.bindings {
  requires static org.jspecify;

  exports dev.aeon.bindings;
  exports dev.aeon.bindings.posix;
  exports dev.aeon.bindings.vulkan;
}

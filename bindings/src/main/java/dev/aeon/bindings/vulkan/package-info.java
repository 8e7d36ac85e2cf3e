/**
 * Vulkan storage buffers with memory bound and mapped. Entry type: {@link
 * dev.aeon.bindings.vulkan.DeviceAllocation}. Instance and device are made elsewhere; this package
 * knows their handles alone.
 */
package dev.aeon.bindings.vulkan;

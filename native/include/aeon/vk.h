/*
 * Vulkan storage buffers with memory bound and mapped.
 * The shim links no Vulkan loader: it finds every function through the vkGetInstanceProcAddr it is given.
 * Ownership: instance, devices and imported host pages are the caller's and outlive the buffer; the
 * caller frees a buffer with aeon_vk_buffer_free after the device has stopped using it.
 * Failures: -errno for wrong arguments; a VkResult r < 0 is returned as AEON_VK_RESULT_BASE + r.
 * Nothing here waits for the device.
 */
#ifndef AEON_VK_H
#define AEON_VK_H

#include "aeon/export.h"

#define AEON_VK_RESULT_BASE (-1000000)

/* Bits of aeon_vk_buffer.properties. */
#define AEON_VK_DEVICE_LOCAL 1
#define AEON_VK_COHERENT 2
#define AEON_VK_IMPORTED 4

struct aeon_vk_device {
  uint64_t instance;
  uint64_t physical_device;
  uint64_t device;
  uint64_t get_instance_proc_addr;
};

struct aeon_vk_buffer {
  uint64_t buffer;
  uint64_t memory;
  uint64_t mapped_address;
  uint64_t byte_size;
  uint32_t properties;
  uint32_t reserved;
};

/* Allocates, binds and maps a storage buffer of byte_size host-visible coherent bytes, not zeroed. */
AEON_EXPORT int32_t aeon_vk_buffer_allocate(const struct aeon_vk_device *device, uint64_t byte_size,
                                            struct aeon_vk_buffer *buffer);

/*
 * Makes a storage buffer of the host pages at address. The device must have been made with
 * VK_EXT_external_memory_host; address and byte_size must be multiples of its
 * minImportedHostPointerAlignment, else -EINVAL (drivers take misaligned pages silently).
 */
AEON_EXPORT int32_t aeon_vk_buffer_import(const struct aeon_vk_device *device, uint64_t address,
                                          uint64_t byte_size, struct aeon_vk_buffer *buffer);

/* Frees buffer and memory; imported host pages stay as they are. */
AEON_EXPORT int32_t aeon_vk_buffer_free(const struct aeon_vk_device *device,
                                        const struct aeon_vk_buffer *buffer);

#endif

/*
 * Vulkan storage buffers with memory bound, and mapped where the processor sees it.
 * The shim links no Vulkan loader: it finds every function through the vkGetInstanceProcAddr it is given.
 * Ownership: instance, devices, imported host pages and descriptors are the caller's; pages outlive the
 * buffer; the caller frees a buffer with aeon_vk_buffer_free after the device has stopped using it.
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

/* Where memory is to lie. The first two are mapped and coherent. */
#define AEON_VK_PLACE_HOST 0          /* cached by the processor where the device has that */
#define AEON_VK_PLACE_DEVICE_MAPPED 1 /* device-local */
#define AEON_VK_PLACE_DEVICE 2        /* device-local and not mapped: mapped_address is 0 */

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

/*
 * Allocates and binds a storage buffer, not zeroed, and maps it where place says so. -EINVAL for a place
 * that is none; AEON_VK_RESULT_BASE + VK_ERROR_FEATURE_NOT_PRESENT where the device has no such memory.
 */
AEON_EXPORT int32_t aeon_vk_buffer_allocate(const struct aeon_vk_device *device, uint64_t byte_size,
                                            uint32_t place, struct aeon_vk_buffer *buffer);

/*
 * Makes a storage buffer of the host pages at address. The device must have been made with
 * VK_EXT_external_memory_host; address and byte_size must be multiples of its
 * minImportedHostPointerAlignment, else -EINVAL (drivers take misaligned pages silently).
 */
AEON_EXPORT int32_t aeon_vk_buffer_import(const struct aeon_vk_device *device, uint64_t address,
                                          uint64_t byte_size, struct aeon_vk_buffer *buffer);

/*
 * Allocates as aeon_vk_buffer_allocate does with AEON_VK_PLACE_HOST, of memory that can be passed to
 * another process. The device must have been made with VK_KHR_external_memory_fd, else -ENOTSUP.
 */
AEON_EXPORT int32_t aeon_vk_buffer_allocate_exportable(const struct aeon_vk_device *device,
                                                       uint64_t byte_size,
                                                       struct aeon_vk_buffer *buffer);

/* A new descriptor of exportable memory, which the caller closes. */
AEON_EXPORT int32_t aeon_vk_buffer_export(const struct aeon_vk_device *device,
                                          const struct aeon_vk_buffer *buffer);

/*
 * Makes a buffer of memory that the same driver exported in another process; byte_size is the
 * exporter's. The descriptor stays the caller's, who may close it at once.
 */
AEON_EXPORT int32_t aeon_vk_buffer_import_exported(const struct aeon_vk_device *device,
                                                   int32_t descriptor, uint64_t byte_size,
                                                   struct aeon_vk_buffer *buffer);

/* Frees buffer and memory; imported host pages stay as they are. */
AEON_EXPORT int32_t aeon_vk_buffer_free(const struct aeon_vk_device *device,
                                        const struct aeon_vk_buffer *buffer);

#endif

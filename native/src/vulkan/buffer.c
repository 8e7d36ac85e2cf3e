#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "functions.h"

static const VkBufferUsageFlags USAGE = VK_BUFFER_USAGE_STORAGE_BUFFER_BIT |
                                        VK_BUFFER_USAGE_TRANSFER_SRC_BIT |
                                        VK_BUFFER_USAGE_TRANSFER_DST_BIT;
static const VkMemoryPropertyFlags MAPPED =
    VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT;
static const VkExternalMemoryHandleTypeFlagBits HOST_PAGES =
    VK_EXTERNAL_MEMORY_HANDLE_TYPE_HOST_ALLOCATION_BIT_EXT;
static const VkExternalMemoryHandleTypeFlagBits OPAQUE_FD =
    VK_EXTERNAL_MEMORY_HANDLE_TYPE_OPAQUE_FD_BIT;

/* What a buffer is to be made of. */
struct request {
  uint64_t byte_size;
  uint32_t place;
  VkExternalMemoryHandleTypeFlags external; /* 0 for memory that stays this process's */
  void *host_pages;                         /* NULL unless imported */
  VkBaseOutStructure *memory_chain;         /* NULL, or what the allocation is told beside its size */
  uint32_t properties;                      /* AEON_VK_IMPORTED or 0 */
  int is_allocated;                         /* set when the driver has given or taken in memory */
};

static int32_t failure(VkResult result) { return AEON_VK_RESULT_BASE + (int32_t)result; }

static VkMemoryPropertyFlags needed_by(uint32_t place) {
  return (place == AEON_VK_PLACE_DEVICE ? 0 : MAPPED) |
         (place == AEON_VK_PLACE_HOST ? 0 : (VkMemoryPropertyFlags)VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT);
}

/*
 * The best allowed memory type that has all needed properties: one that the processor caches wins over
 * one that it does not, device-local over not.
 */
static int32_t choose_type(const struct functions *f, uint32_t allowed, VkMemoryPropertyFlags needed,
                           VkMemoryPropertyFlags *flags) {
  VkPhysicalDeviceMemoryProperties memory;
  f->get_memory_properties(f->physical_device, &memory);
  int32_t best = -1;
  int best_score = -1;
  for (uint32_t i = 0; i < memory.memoryTypeCount; i++) {
    VkMemoryPropertyFlags properties = memory.memoryTypes[i].propertyFlags;
    if (!(allowed & (1u << i)) || (properties & needed) != needed) {
      continue;
    }
    int score = ((properties & VK_MEMORY_PROPERTY_HOST_CACHED_BIT) != 0) * 2 +
                ((properties & VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT) != 0);
    if (score > best_score) {
      best = (int32_t)i;
      best_score = score;
      *flags = properties;
    }
  }
  return best;
}

static uint32_t describe(VkMemoryPropertyFlags flags) {
  return ((flags & VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT) ? AEON_VK_DEVICE_LOCAL : 0u) |
         ((flags & VK_MEMORY_PROPERTY_HOST_COHERENT_BIT) ? AEON_VK_COHERENT : 0u);
}

static VkResult create_buffer(const struct functions *f, const struct request *request,
                              VkBuffer *buffer) {
  VkExternalMemoryBufferCreateInfo external = {
      .sType = VK_STRUCTURE_TYPE_EXTERNAL_MEMORY_BUFFER_CREATE_INFO,
      .handleTypes = request->external};
  VkBufferCreateInfo info = {.sType = VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO,
                             .pNext = request->external ? &external : NULL,
                             .size = request->byte_size,
                             .usage = USAGE,
                             .sharingMode = VK_SHARING_MODE_EXCLUSIVE};
  return f->create_buffer(f->device, &info, NULL, buffer);
}

/* Leaves in allowed the memory types that the host pages can be. */
static VkResult restrict_to_pages(const struct functions *f, void *pages, uint32_t *allowed) {
  VkMemoryHostPointerPropertiesEXT pointer = {
      .sType = VK_STRUCTURE_TYPE_MEMORY_HOST_POINTER_PROPERTIES_EXT};
  VkResult result = f->get_host_pointer_properties(f->device, HOST_PAGES, pages, &pointer);
  *allowed &= pointer.memoryTypeBits;
  return result;
}

static VkResult allocate(const struct functions *f, struct request *request, VkBuffer buffer,
                         VkMemoryPropertyFlags *flags, VkDeviceMemory *memory) {
  VkMemoryRequirements needs;
  f->get_requirements(f->device, buffer, &needs);
  uint32_t allowed = needs.memoryTypeBits;
  if (request->host_pages != NULL) {
    VkResult result = restrict_to_pages(f, request->host_pages, &allowed);
    if (result != VK_SUCCESS) {
      return result;
    }
  }
  int32_t type = choose_type(f, allowed, needed_by(request->place), flags);
  if (type < 0) {
    return VK_ERROR_FEATURE_NOT_PRESENT;
  }
  /* Memory that another process knows by a descriptor belongs to this buffer alone on both sides. */
  VkMemoryDedicatedAllocateInfo dedicated = {
      .sType = VK_STRUCTURE_TYPE_MEMORY_DEDICATED_ALLOCATE_INFO, .buffer = buffer};
  if (request->external == (VkExternalMemoryHandleTypeFlags)OPAQUE_FD) {
    request->memory_chain->pNext = (VkBaseOutStructure *)&dedicated;
  }
  VkMemoryAllocateInfo info = {
      .sType = VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO,
      .pNext = request->memory_chain,
      .allocationSize = request->host_pages != NULL ? request->byte_size : needs.size,
      .memoryTypeIndex = (uint32_t)type};
  VkResult result = f->allocate_memory(f->device, &info, NULL, memory);
  request->is_allocated = result == VK_SUCCESS;
  return result;
}

/* Binds, and maps what the processor sees; on failure nothing is left behind. */
static int32_t bind_and_map(const struct functions *f, VkBuffer handle, VkDeviceMemory memory,
                            int is_mapped, struct aeon_vk_buffer *buffer) {
  void *mapped = NULL;
  VkResult result = f->bind_buffer(f->device, handle, memory, 0);
  if (result == VK_SUCCESS && is_mapped) {
    result = f->map_memory(f->device, memory, 0, VK_WHOLE_SIZE, 0, &mapped);
  }
  if (result != VK_SUCCESS) {
    f->destroy_buffer(f->device, handle, NULL);
    f->free_memory(f->device, memory, NULL);
    return failure(result);
  }
  buffer->buffer = (uint64_t)handle;
  buffer->memory = (uint64_t)memory;
  buffer->mapped_address = (uint64_t)(uintptr_t)mapped;
  return 0;
}

static int32_t make(const struct functions *f, struct request *request,
                    struct aeon_vk_buffer *buffer) {
  VkBuffer handle;
  VkResult result = create_buffer(f, request, &handle);
  if (result != VK_SUCCESS) {
    return failure(result);
  }
  VkMemoryPropertyFlags flags = 0;
  VkDeviceMemory memory;
  result = allocate(f, request, handle, &flags, &memory);
  if (result != VK_SUCCESS) {
    f->destroy_buffer(f->device, handle, NULL);
    return failure(result);
  }
  buffer->byte_size = request->byte_size;
  buffer->properties = describe(flags) | request->properties;
  return bind_and_map(f, handle, memory, request->place != AEON_VK_PLACE_DEVICE, buffer);
}

int32_t aeon_vk_buffer_allocate(const struct aeon_vk_device *device, uint64_t byte_size,
                                uint32_t place, struct aeon_vk_buffer *buffer) {
  struct functions f;
  memset(buffer, 0, sizeof *buffer);
  int32_t found = byte_size == 0 || place > AEON_VK_PLACE_DEVICE
                      ? -EINVAL
                      : aeon_vk_find_functions(device, &f);
  if (found < 0) {
    return found;
  }
  struct request request = {.byte_size = byte_size, .place = place};
  return make(&f, &request, buffer);
}

/* What importing must be a multiple of, as the device says. */
static uint64_t import_alignment(const struct functions *f) {
  VkPhysicalDeviceExternalMemoryHostPropertiesEXT host = {
      .sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_EXTERNAL_MEMORY_HOST_PROPERTIES_EXT};
  VkPhysicalDeviceProperties2 properties = {
      .sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2, .pNext = &host};
  f->get_properties(f->physical_device, &properties);
  return host.minImportedHostPointerAlignment;
}

static int is_importable(const struct functions *f, uint64_t address, uint64_t byte_size) {
  uint64_t alignment = import_alignment(f);
  return alignment != 0 && byte_size != 0 && address != 0 && address % alignment == 0 &&
         byte_size % alignment == 0;
}

int32_t aeon_vk_buffer_import(const struct aeon_vk_device *device, uint64_t address,
                              uint64_t byte_size, struct aeon_vk_buffer *buffer) {
  struct functions f;
  memset(buffer, 0, sizeof *buffer);
  int32_t found = aeon_vk_find_functions(device, &f);
  if (found < 0) {
    return found;
  }
  if (f.get_host_pointer_properties == NULL) {
    return -ENOTSUP;
  }
  if (!is_importable(&f, address, byte_size)) {
    return -EINVAL;
  }
  VkImportMemoryHostPointerInfoEXT import = {
      .sType = VK_STRUCTURE_TYPE_IMPORT_MEMORY_HOST_POINTER_INFO_EXT,
      .handleType = HOST_PAGES,
      .pHostPointer = (void *)(uintptr_t)address};
  struct request request = {.byte_size = byte_size,
                            .place = AEON_VK_PLACE_HOST,
                            .external = HOST_PAGES,
                            .host_pages = (void *)(uintptr_t)address,
                            .memory_chain = (VkBaseOutStructure *)&import,
                            .properties = AEON_VK_IMPORTED};
  return make(&f, &request, buffer);
}

/* The functions of a device that passes memory by descriptors. */
static int32_t find_passing(const struct aeon_vk_device *device, uint64_t byte_size,
                            struct functions *f) {
  int32_t found = byte_size == 0 ? -EINVAL : aeon_vk_find_functions(device, f);
  if (found < 0) {
    return found;
  }
  return f->get_memory_fd == NULL ? -ENOTSUP : 0;
}

int32_t aeon_vk_buffer_allocate_exportable(const struct aeon_vk_device *device, uint64_t byte_size,
                                           struct aeon_vk_buffer *buffer) {
  struct functions f;
  memset(buffer, 0, sizeof *buffer);
  int32_t found = find_passing(device, byte_size, &f);
  if (found < 0) {
    return found;
  }
  VkExportMemoryAllocateInfo export = {.sType = VK_STRUCTURE_TYPE_EXPORT_MEMORY_ALLOCATE_INFO,
                                       .handleTypes = OPAQUE_FD};
  struct request request = {.byte_size = byte_size,
                            .place = AEON_VK_PLACE_HOST,
                            .external = OPAQUE_FD,
                            .memory_chain = (VkBaseOutStructure *)&export};
  return make(&f, &request, buffer);
}

int32_t aeon_vk_buffer_export(const struct aeon_vk_device *device,
                              const struct aeon_vk_buffer *buffer) {
  struct functions f;
  int32_t found = find_passing(device, buffer->byte_size, &f);
  if (found < 0) {
    return found;
  }
  VkMemoryGetFdInfoKHR info = {.sType = VK_STRUCTURE_TYPE_MEMORY_GET_FD_INFO_KHR,
                               .memory = (VkDeviceMemory)buffer->memory,
                               .handleType = OPAQUE_FD};
  int descriptor = -1;
  VkResult result = f.get_memory_fd(f.device, &info, &descriptor);
  return result == VK_SUCCESS ? descriptor : failure(result);
}

int32_t aeon_vk_buffer_import_exported(const struct aeon_vk_device *device, int32_t descriptor,
                                       uint64_t byte_size, struct aeon_vk_buffer *buffer) {
  struct functions f;
  memset(buffer, 0, sizeof *buffer);
  int32_t found = find_passing(device, byte_size, &f);
  if (found < 0) {
    return found;
  }
  int passed = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
  if (passed < 0) {
    return -errno;
  }
  VkImportMemoryFdInfoKHR import = {.sType = VK_STRUCTURE_TYPE_IMPORT_MEMORY_FD_INFO_KHR,
                                    .handleType = OPAQUE_FD,
                                    .fd = passed};
  struct request request = {.byte_size = byte_size,
                            .place = AEON_VK_PLACE_HOST,
                            .external = OPAQUE_FD,
                            .memory_chain = (VkBaseOutStructure *)&import,
                            .properties = AEON_VK_IMPORTED};
  int32_t result = make(&f, &request, buffer);
  /* A driver that has taken the memory in keeps the descriptor. */
  if (!request.is_allocated) {
    close(passed);
  }
  return result;
}

int32_t aeon_vk_buffer_free(const struct aeon_vk_device *device,
                            const struct aeon_vk_buffer *buffer) {
  struct functions f;
  int32_t found = aeon_vk_find_functions(device, &f);
  if (found < 0) {
    return found;
  }
  f.destroy_buffer(f.device, (VkBuffer)buffer->buffer, NULL);
  f.free_memory(f.device, (VkDeviceMemory)buffer->memory, NULL);
  return 0;
}

#include "functions.h"

#include <errno.h>

int32_t aeon_vk_find_functions(const struct aeon_vk_device *device, struct functions *f) {
  if (!device->instance || !device->physical_device || !device->device ||
      !device->get_instance_proc_addr) {
    return -EINVAL;
  }
  PFN_vkGetInstanceProcAddr find =
      (PFN_vkGetInstanceProcAddr)(uintptr_t)device->get_instance_proc_addr;
  f->instance = (VkInstance)(uintptr_t)device->instance;
  f->physical_device = (VkPhysicalDevice)(uintptr_t)device->physical_device;
  f->device = (VkDevice)(uintptr_t)device->device;
  PFN_vkGetDeviceProcAddr find_in_device =
      (PFN_vkGetDeviceProcAddr)find(f->instance, "vkGetDeviceProcAddr");
  if (find_in_device == NULL) {
    return -EINVAL;
  }
#define IN_INSTANCE(field, name) f->field = (PFN_##name)find(f->instance, #name)
#define IN_DEVICE(field, name) f->field = (PFN_##name)find_in_device(f->device, #name)
  IN_INSTANCE(get_memory_properties, vkGetPhysicalDeviceMemoryProperties);
  IN_INSTANCE(get_properties, vkGetPhysicalDeviceProperties2);
  IN_DEVICE(create_buffer, vkCreateBuffer);
  IN_DEVICE(destroy_buffer, vkDestroyBuffer);
  IN_DEVICE(get_requirements, vkGetBufferMemoryRequirements);
  IN_DEVICE(allocate_memory, vkAllocateMemory);
  IN_DEVICE(free_memory, vkFreeMemory);
  IN_DEVICE(bind_buffer, vkBindBufferMemory);
  IN_DEVICE(map_memory, vkMapMemory);
  IN_DEVICE(get_host_pointer_properties, vkGetMemoryHostPointerPropertiesEXT);
  IN_DEVICE(get_memory_fd, vkGetMemoryFdKHR);
#undef IN_INSTANCE
#undef IN_DEVICE
  int complete = f->get_memory_properties && f->get_properties && f->create_buffer &&
                 f->destroy_buffer && f->get_requirements && f->allocate_memory &&
                 f->free_memory && f->bind_buffer && f->map_memory;
  return complete ? 0 : -EINVAL;
}

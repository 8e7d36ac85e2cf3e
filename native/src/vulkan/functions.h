/* The Vulkan functions the shim calls, found through the vkGetInstanceProcAddr it is given. */
#ifndef AEON_VULKAN_FUNCTIONS_H
#define AEON_VULKAN_FUNCTIONS_H

#define VK_NO_PROTOTYPES
#include <stdint.h>
#include <vulkan/vulkan_core.h>

#include "aeon/vk.h"

struct functions {
  VkInstance instance;
  VkPhysicalDevice physical_device;
  VkDevice device;
  PFN_vkGetPhysicalDeviceMemoryProperties get_memory_properties;
  PFN_vkGetPhysicalDeviceProperties2 get_properties;
  PFN_vkCreateBuffer create_buffer;
  PFN_vkDestroyBuffer destroy_buffer;
  PFN_vkGetBufferMemoryRequirements get_requirements;
  PFN_vkAllocateMemory allocate_memory;
  PFN_vkFreeMemory free_memory;
  PFN_vkBindBufferMemory bind_buffer;
  PFN_vkMapMemory map_memory;
  /* NULL without the extension. */
  PFN_vkGetMemoryHostPointerPropertiesEXT get_host_pointer_properties;
  PFN_vkGetMemoryFdKHR get_memory_fd;
};

/* 0, or -EINVAL where a handle is null or a function that Vulkan 1.1 has is missing. */
int32_t aeon_vk_find_functions(const struct aeon_vk_device *device, struct functions *functions);

#endif

package dev.aeon.fleet.manager;

import java.nio.file.Path;

/**
 * What a fleet is asked to do.
 *
 * @param folder the folder to search
 * @param agentCount the number of agents
 * @param device {@code auto}, {@code vulkan} or {@code host}
 * @param interpreter {@code auto}, {@code cpu} or {@code vulkan}
 * @param slabByteSize how many bytes of slabs each agent may take
 */
public record FleetSettings(
    Path folder, int agentCount, String device, String interpreter, long slabByteSize) {}

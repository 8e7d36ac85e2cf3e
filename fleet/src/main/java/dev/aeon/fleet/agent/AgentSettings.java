package dev.aeon.fleet.agent;

import dev.aeon.fleet.index.InterpreterChoice;
import dev.aeon.slabs.memory.DevicePreference;
import java.net.URI;
import java.nio.file.Path;

/**
 * What an agent is started with.
 *
 * @param id its id
 * @param runFolder where its sockets lie
 * @param folder the folder to search
 * @param registry where the schema is
 * @param device what slabs come from
 * @param interpreter what runs the programs
 * @param slabByteSize how many bytes of slabs it may take
 */
public record AgentSettings(
    String id,
    Path runFolder,
    Path folder,
    URI registry,
    DevicePreference device,
    InterpreterChoice interpreter,
    long slabByteSize) {}

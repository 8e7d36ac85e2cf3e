package dev.aeon.sp;

/**
 * The process at the other end of a local connection, as the kernel saw it when it connected.
 *
 * @param processId its id
 * @param userId whose it is
 * @param groupId and of which group
 */
public record PeerProcess(int processId, int userId, int groupId) {}

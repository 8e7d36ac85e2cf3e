package dev.aeon.slabs.broker;

/**
 * Who wants what is published to a topic.
 *
 * @param requestId what its items are answers to
 * @param waits whether publishers wait for it, rather than it missing what finds no room
 */
record Subscription(Client client, long requestId, boolean waits) {}

/**
 * Channels over NATS JetStream, for agents on many machines. Entry type: {@link
 * dev.aeon.apm.channel.nats.NatsChannels}. Knows lines, and of messages only their ids.
 */
package dev.aeon.apm.channel.nats;

/**
 * Channels over a PostgreSQL table, for agents that share a database. Entry type: {@link
 * dev.aeon.apm.channel.postgres.PostgresChannels}. Knows lines, and of messages only their ids.
 */
package dev.aeon.apm.channel.postgres;

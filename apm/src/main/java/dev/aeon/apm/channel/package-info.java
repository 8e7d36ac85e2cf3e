/**
 * Carries lines from agent to agent, unread. Entry types: {@link dev.aeon.apm.channel.Channels},
 * which others may implement, and {@link dev.aeon.apm.channel.Relay}, a fast way beside those that
 * keep their lines. Knows of messages only the line and the recipient.
 */
package dev.aeon.apm.channel;

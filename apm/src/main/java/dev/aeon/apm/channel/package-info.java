/**
 * Carries lines from agent to agent, unread. Entry types: {@link dev.aeon.apm.channel.Channels},
 * which others may implement, and its implementations over files and SP sockets. Knows of messages
 * only the line and the recipient.
 */
package dev.aeon.apm.channel;

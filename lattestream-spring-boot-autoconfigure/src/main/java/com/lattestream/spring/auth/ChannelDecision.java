package com.lattestream.spring.auth;

import com.lattestream.core.PresenceMember;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The decision on a subscription: whether it is granted and, for a presence channel, the member. Immutable. */
public final class ChannelDecision {

    private static final ChannelDecision GRANTED = new ChannelDecision(true, null);

    private static final ChannelDecision REFUSED = new ChannelDecision(false, null);

    private final boolean granted;

    private final @Nullable PresenceMember member;

    private ChannelDecision(boolean granted, @Nullable PresenceMember member) {
        this.granted = granted;
        this.member = member;
    }

    /**
     * Returns a decision that grants the subscription. On a presence channel, the {@link PresenceMemberResolver}
     * determines the member.
     * @return the decision
     */
    public static ChannelDecision granted() {
        return GRANTED;
    }

    /**
     * Returns a decision that grants the subscription as a given member.
     * @param member the member who joins; ignored on a private channel
     * @return the decision
     */
    public static ChannelDecision grantedAs(PresenceMember member) {
        return new ChannelDecision(true, member);
    }

    /**
     * Returns a decision that refuses the subscription.
     * @return the decision
     */
    public static ChannelDecision refused() {
        return REFUSED;
    }

    /**
     * Returns whether the subscription is granted.
     * @return whether the user may subscribe
     */
    public boolean isGranted() {
        return granted;
    }

    /**
     * Returns the member who joins a presence channel.
     * @return the member; empty if the {@link PresenceMemberResolver} determines it
     */
    public Optional<PresenceMember> member() {
        return Optional.ofNullable(member);
    }

    @Override
    public String toString() {
        return granted ? "granted" + (member == null ? "" : " as " + member.userId()) : "refused";
    }
}

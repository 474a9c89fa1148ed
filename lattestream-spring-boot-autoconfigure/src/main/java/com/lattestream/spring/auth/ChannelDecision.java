package com.lattestream.spring.auth;

import com.lattestream.core.PresenceMember;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a subscription is granted, and to a presence channel as whom. Immutable. */
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
     * Lets the user in; to a presence channel as the {@link PresenceMemberResolver} says.
     * @return the decision
     */
    public static ChannelDecision granted() {
        return GRANTED;
    }

    /**
     * Lets the user in as a member.
     * @param member who joins; of no meaning on a private channel
     * @return the decision
     */
    public static ChannelDecision grantedAs(PresenceMember member) {
        return new ChannelDecision(true, member);
    }

    /**
     * Keeps the user out.
     * @return the decision
     */
    public static ChannelDecision refused() {
        return REFUSED;
    }

    /**
     * Tells what was decided.
     * @return whether the user may subscribe
     */
    public boolean isGranted() {
        return granted;
    }

    /**
     * Tells as whom.
     * @return the member, if the decision names one
     */
    public Optional<PresenceMember> member() {
        return Optional.ofNullable(member);
    }

    @Override
    public String toString() {
        return granted ? "granted" + (member == null ? "" : " as " + member.userId()) : "refused";
    }
}

package com.lattestream.samples.chat.account;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * What it takes to sign up.
 *
 * @param name how the user is called, in channels' names too: so of letters and digits only
 * @param password what nobody else knows
 */
record SignUp(
        @NotNull(message = "is missing") @Pattern(
                regexp = "[A-Za-z0-9]{2," + SignUp.MAX_NAME_LENGTH + "}",
                message = "must have 2 to 20 letters or digits")
        String name,

        @NotNull(message = "is missing") @Size(min = 8, max = 100, message = "must have 8 to 100 characters") String password) {

    static final int MAX_NAME_LENGTH = 20;

    /** Shows no password. */
    @Override
    public String toString() {
        return "SignUp[name=" + name + "]";
    }
}

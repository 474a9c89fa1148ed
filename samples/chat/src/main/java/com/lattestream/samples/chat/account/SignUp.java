package com.lattestream.samples.chat.account;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * The request to sign up.
 *
 * @param name the name of the user, of letters and digits only, because it becomes part of channel names
 * @param password the password
 */
record SignUp(
        @NotNull(message = "is missing") @Pattern(
                regexp = "[A-Za-z0-9]{2," + SignUp.MAX_NAME_LENGTH + "}",
                message = "must have 2 to 20 letters or digits")
        String name,

        @NotNull(message = "is missing") @Size(min = 8, max = 100, message = "must have 8 to 100 characters") String password) {

    static final int MAX_NAME_LENGTH = 20;

    /** Returns a text without the password. */
    @Override
    public String toString() {
        return "SignUp[name=" + name + "]";
    }
}

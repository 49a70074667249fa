refusal-ACCOUNT-001 = The user name "{ $login }" is taken, or this person has an account.
refusal-ACCOUNT-001-do = Choose another name, or set a new passphrase for the account there is.
refusal-ACCOUNT-002 = There is no such person in the roster.
refusal-ACCOUNT-002-do = Enter the person into the roster first.
refusal-ACCOUNT-003 = The passphrase is shorter than { $min } characters.
refusal-ACCOUNT-003-do = Use a sentence of several words that is easy to remember; marks are welcome.
refusal-ACCOUNT-004 = The passphrase is longer than { $max } bytes.
refusal-ACCOUNT-004-do = Use a shorter sentence.

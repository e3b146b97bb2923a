/** What sudo(8) says where it does not run the tool at all. */
export const sudoTemplates = {
  sudoRefused: [
    'sudo: a password is required',
    'sudo: a terminal is required to read the password{*}',
    'sudo: no tty present and no askpass program specified',
    'sudo: no password was provided',
    'sudo: {*} incorrect password attempt',
    'sudo: {*} incorrect password attempts',
    'Sorry, user {*} is not allowed to execute {*}',
    '{*} is not in the sudoers file.{*}',
  ],
} as const;

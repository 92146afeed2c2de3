//! One case, told without a name in it.

#pragma once
#include <sqlite3.h>

// sqlite3_db_config takes a variable list of arguments, which Swift cannot call.
static inline int carnet_sqlite3_db_config_flag(sqlite3 *database, int option, int value, int *result) {
  return sqlite3_db_config(database, option, value, result);
}

// Writing a sheet: what the form does better with a script. It works without.
'use strict';

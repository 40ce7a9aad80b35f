% Compiles what row_dot calls, and puts it beside it.
mex -output matlab/row_dot_mex src/row_dot_mex.c

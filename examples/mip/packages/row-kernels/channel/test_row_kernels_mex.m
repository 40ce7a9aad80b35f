% What holds where row_dot is compiled.
assert(exist('row_dot_mex', 'file') == 3);
assert(isequal(row_dot_mex([1 2; 3 4], [5 6; 7 8]), [17; 53]));
run('test_row_kernels.m');

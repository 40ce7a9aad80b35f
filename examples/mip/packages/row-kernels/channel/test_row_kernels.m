% What holds with and without compiled code. echelon is of the package rowops.
A = [1 2; 3 4];
assert(isequal(row_dot(A, [5 6; 7 8]), [17; 53]));
assert(isequal(row_dot(echelon(A), A), [1; 4]));
fprintf('SUCCESS\n');
